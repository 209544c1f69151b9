/** Plain words, from which plausible names are put together. */
export const FIRST = (
  'amber ancient autumn azure bold bright calm cedar clear copper coral crisp daily early ' +
  'ember fair fern field fresh gentle golden grand green harbor hazel honest island ivory jade kind lake ' +
  'lucky maple meadow mellow mint modern north oak open orchard pearl pine prime quiet rapid river royal ' +
  'silver simple sky smart solid spring steady stone summer sunny swift tidy true urban velvet vivid warm wild winter'
).split(' ')

export const SECOND = (
  'atlas bakery barn basket beacon bench bikes books bridge cabin cafe camp canvas clinic cloud ' +
  'coffee craft dental design dock farm fitness forge garage garden gallery gear grove guide hill homes ' +
  'hotel house kitchen lab lamp law ledger lens library market media mill motors music notes office ' +
  'paper parts path photo plaza print road roof school shop sports stack store studio supply tech tools ' +
  'tours toys trade trail travel village vision watch wine works yard yoga'
).split(' ')
