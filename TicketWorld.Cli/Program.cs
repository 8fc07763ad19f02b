using TicketWorld.Cli;

return await CommandLine.RunAsync(args);
