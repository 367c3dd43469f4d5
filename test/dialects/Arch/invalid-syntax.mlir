// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#test = #arch.source<recalled, "test">
arch.machine @syntax_stated_twice {
  // expected-error@+1 {{'level' is stated twice}}
  arch.tier @sa0 of @pe {level = 0, level = 1, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @syntax_from_is_no_source {
  // expected-error@+1 {{expected #arch.source after 'from'}}
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from "here"
}
