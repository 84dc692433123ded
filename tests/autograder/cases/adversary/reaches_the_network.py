# exercise: sparsity
# expect: error
# says: reached []
import os
import socket


def sparsity(num_users, num_items, num_ratings):
    reached = []
    for host, port in (("1.1.1.1", 53), ("127.0.0.1", 22), ("::1", 22), ("169.254.169.254", 80)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(family, kind) as line:
                    line.settimeout(0.5)
                    line.connect((host, port))
                    if host not in ("127.0.0.1", "::1"):
                        reached.append(host)
            except OSError:
                pass
    try:
        reached.append(str(socket.getaddrinfo("pypi.org", 443)))
    except OSError:
        pass
    interfaces = {name for _, name in socket.if_nameindex()}
    reached += sorted(interfaces - {"lo", "dummy0", "sit0", "tunl0", "ip6tnl0"})
    for path in ("/var/run/docker.sock", "/run/systemd/private", "/run/dbus/system_bus_socket"):
        if os.path.exists(path):
            reached.append(path)
    raise RuntimeError(f"reached {reached}")
