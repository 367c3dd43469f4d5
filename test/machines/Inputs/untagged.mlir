#test = #arch.source<recalled, "chosen for tests">
arch.machine @untagged {
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0}
}
