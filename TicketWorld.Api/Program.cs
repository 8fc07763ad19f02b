using TicketWorld.Api;
using TicketWorld.ServiceDefaults;

return await HostRun.RunAsync(ApiHost.Description, args, ApiHost.Build);
