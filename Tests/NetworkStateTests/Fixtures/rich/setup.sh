# The namespace whose kernel messages are kept beside this file. One command a line; run in a new namespace.
ip link set lo up
ip link add v0 type veth peer name v1
ip link add v2 type veth peer name v3
ip link add br0 type bridge
ip link set v3 master br0
ip link add vx0 type vxlan id 7 dstport 4789 local 198.18.0.1
ip link property add dev v0 altname uplink-with-a-long-name
ip link set v0 alias "the uplink"
ip addr add 198.18.0.1/24 brd + dev v0 label v0:1
ip addr add 198.18.1.1/32 peer 198.18.1.2 dev v0
ip addr add 198.18.2.1/24 dev v2 valid_lft 3600 preferred_lft 1800 noprefixroute
ip addr add 2001:db8::1/64 dev v0 nodad
ip addr add 2001:db8:1::1/64 dev v2 nodad home valid_lft 7200 preferred_lft 3600
ip link set v0 up
ip link set v1 up
ip link set v2 up
ip link set v3 up
ip link set br0 up
ip nexthop add id 5 via 198.18.0.2 dev v0 proto zebra
ip nexthop add id 6 via 198.18.2.2 dev v2 onlink
ip nexthop add id 7 blackhole
ip nexthop add id 8 dev v2
ip nexthop add id 9 via 2001:db8::2 dev v0
ip nexthop add id 20 group 5,3/6,7
ip nexthop add id 21 group 5/6 type resilient buckets 8 idle_timer 60 unbalanced_timer 300
ip route add default via 198.18.0.2 proto static metric 100
ip route add 198.19.0.0/24 nhid 5
ip route add 198.19.1.0/24 nhid 20 proto bird
ip route add 198.19.2.0/24 via 198.18.0.3 dev v0 mtu 1400 advmss 1360 hoplimit 12 rtt 100ms
ip route add 198.19.3.0/24 via 198.18.0.3 mtu lock 1300 congctl reno initcwnd 20 quickack 1
ip route add 198.19.4.0/24 proto zebra nexthop via 198.18.0.4 weight 3 nexthop via 198.18.2.5 dev v2 onlink
ip route add 198.19.5.0/24 via 198.18.0.3 table 70000 src 198.18.0.1
ip route add 198.19.6.0/24 via 198.18.0.3 tos 0x10
ip route append 198.19.6.0/24 via 198.18.0.4 tos 0x10
ip route add 198.19.7.0/24 via inet6 2001:db8::3 dev v0
ip route add 198.19.8.0/24 dev v0 scope link realms 1/2
ip route add blackhole 198.19.9.0/24 proto 99
ip route add unreachable 198.19.10.0/24 table 100
ip route add prohibit 198.19.11.0/24 metric 4278198272
ip route add throw 198.19.12.0/24 table 200
ip route add 198.19.13.0/24 encap ip id 3 dst 198.18.0.9 dev v0
ip route add 198.19.15.0/24 dev v1
ip route add 2001:db8:2::/48 via 2001:db8::2 pref high expires 600
ip route add 2001:db8:3::/48 nhid 9
ip route add 2001:db8:4::/48 nexthop via 2001:db8::2 nexthop via fe80::2 dev v2 weight 5
ip route add 2001:db8:5::/48 via fe80::1 dev v0 metric 50 mtu 1280
ip route add blackhole 2001:db8:6::/48
ip route add 2001:db8:7::/48 from 2001:db8:8::/48 via 2001:db8::2
ip route add 2001:db8:9::/48 encap seg6 mode encap segs 2001:db8::9,2001:db8::a via 2001:db8::2
ip rule add from 198.19.0.0/16 lookup 200 pref 100
ip rule add fwmark 0x200/0xf00 lookup 2004 pref 9
ip rule add to 198.18.5.0/24 iif v0 tos 0x10 blackhole pref 110
ip rule add from 198.18.0.1 oif v2 suppress_prefixlength 0 lookup main pref 120
ip rule add not from 198.18.0.0/24 unreachable pref 130
ip rule add ipproto tcp sport 1000-2000 dport 80 lookup 70000 pref 140
ip rule add uidrange 100-200 lookup 100 protocol bird pref 150
ip rule add l3mdev pref 1000
ip rule add goto 150 pref 105
ip rule add iif nosuch lookup 9 pref 160
ip -6 rule add from 2001:db8::/32 lookup 200 pref 100
ip -6 rule add fwmark 1 prohibit pref 101
ip neigh add 198.18.0.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent
ip neigh add 2001:db8::9 lladdr 02:00:00:00:00:0a dev v0 nud permanent router
ip neigh add 198.18.0.10 lladdr 02:00:00:00:00:0b dev v0 nud permanent extern_learn
