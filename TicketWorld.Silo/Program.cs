using TicketWorld.ServiceDefaults;
using TicketWorld.Silo;

return await HostRun.RunAsync(SiloHost.Description, args, SiloHost.Build);
