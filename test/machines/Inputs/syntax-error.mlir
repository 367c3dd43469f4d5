#test = #arch.source<recalled, "chosen for tests">
arch.machine @broken {
  arch.noc @mesh {dims = [2, 2, 1], link_bits 128} from #test
}
