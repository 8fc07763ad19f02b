# The API and the silo as images without root: docker build --target api . and docker build --target silo .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY TicketWorld.Worlds/ TicketWorld.Worlds/
COPY TicketWorld.Support/ TicketWorld.Support/
COPY TicketWorld.Grains/ TicketWorld.Grains/
COPY TicketWorld.ServiceDefaults/ TicketWorld.ServiceDefaults/
COPY TicketWorld.Silo/ TicketWorld.Silo/
COPY TicketWorld.Api/ TicketWorld.Api/
RUN dotnet publish TicketWorld.Silo -c Release -o /out/silo && dotnet publish TicketWorld.Api -c Release -o /out/api

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS silo
WORKDIR /app
# The base image asks for port 8080 on every address; the hosts listen on 127.0.0.1 (SILO_PORT, APP_PORT).
ENV ASPNETCORE_HTTP_PORTS=
COPY --from=build /out/silo ./
USER $APP_UID
ENTRYPOINT ["dotnet", "TicketWorld.Silo.dll"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS api
WORKDIR /app
ENV ASPNETCORE_HTTP_PORTS=
COPY --from=build /out/api ./
USER $APP_UID
ENTRYPOINT ["dotnet", "TicketWorld.Api.dll"]
