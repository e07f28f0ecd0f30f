// title: What one outlet alone tells
// answers: Acts that a single outlet tells, near copies counted as one: who did what to whom, when and according to
// answers: whom; one row per event, pair and topic.
// of: acts
// events: e.corroboration = 1
