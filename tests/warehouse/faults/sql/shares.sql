-- Each server's power shared among its accelerators.
-- grain: server_id
SELECT servers.server_id, servers.server_power_w / servers.accelerators_per_server AS accelerator_power_w
FROM servers AS servers
