// title: Who agreed with whom
// answers: Agreements reached, disputes settled, treaties signed: who with whom, on what, where, when and according
// answers: to whom; one row per event, pair and topic. Promises and offers are left out.
// of: acts
// types: AGREE, SUPPORT
// events: e.cameo = '057' OR (e.event_type = 'AGREE' AND coalesce(e.cameo, '030') IN ['030', '037']
// events:   AND NOT e.surface =~ '(?i).*(promis|pledg|vow|offer|swor|swear).*')
// param: actor | one of the two, who then stands first
// param: other | the other of the two, who then stands second
