// title: What most outlets tell
// answers: Events by the number of outlets that tell of them independently, near copies counted as one: what kind, when, who
// answers: did it to whom, about what, where and according to whom; one row per event, several actors or topics joined by
// answers: '; '.
// of: timeline
// let: rank = -e.corroboration
