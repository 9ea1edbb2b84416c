# boot_system ROOT SECONDS: starts the systemd of a Debian in the folder ROOT, in namespaces of its
# own (no network but loopback, no device but the harmless ones), and waits until it powers off.
# Source it after common.sh; needs root.

# The folders of control groups, whichever of its two layouts this machine has.
control_groups() {
    if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
        echo /sys/fs/cgroup
    else
        echo /sys/fs/cgroup/unified /sys/fs/cgroup/systemd
    fi
}

boot_system() {
    local root=$1 patience=$2 base status=0 group=thahc-boot-$$
    for base in $(control_groups); do mkdir "$base/$group"; done
    # Into a group of its own first, so that it sees no other as its root.
    timeout --kill-after=5 "$patience" bash -euc '
        for base in $3; do echo $$ >"$base/$2/cgroup.procs"; done
        exec unshare --cgroup --mount --pid --fork --kill-child --uts --ipc --net \
            bash -euc "$4" boot "$1"
    ' boot "$root" "$group" "$(control_groups)" "$inside_boot" >"$root/boot.log" 2>&1 || status=$?
    for base in $(control_groups); do
        find "$base/$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
    done
    return "$status"
}

inside_boot='
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
for part in run tmp dev; do mount -t tmpfs -o mode=0755 tmpfs "$root/$part"; done
chmod 1777 "$root/tmp"
for node in null zero full random urandom tty; do
    touch "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/shm" "$root/dev/pts"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t sysfs -o ro sysfs "$root/sys"
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
else
    mount -t tmpfs -o mode=0755 tmpfs "$root/sys/fs/cgroup"
    mkdir "$root/sys/fs/cgroup/unified" "$root/sys/fs/cgroup/systemd"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup/unified"
    mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
fi
exec chroot "$root" env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=multi-user.target
'
