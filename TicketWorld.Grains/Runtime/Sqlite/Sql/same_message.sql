SELECT kind = @kind AND key = @key AND method = @method AND arguments = @arguments FROM messages WHERE id = @id
