DELETE FROM line l
USING unnest(@seqs::bigint[], @epochs::bigint[]) AS t (seq, epoch)
WHERE l.seq = t.seq AND l.state = 'leased' AND l.lease_epoch = t.epoch
