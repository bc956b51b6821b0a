callout-policy = Company policy
answers = { $count ->
    [one] { $count } answer
   *[other] { $count } answers
}
