# What the program says on a terminal.

## How many problems.

tally-none = nothing to report
tally-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
  }
tally-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
  }
tally-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
  }
# Between the counts.
tally-join = ,{" "}
