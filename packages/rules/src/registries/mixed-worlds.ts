/** A database would hold real registry accounts beside simulated ones or play money. Nothing was written. */
export class MixedWorlds extends Error {
  override readonly name = 'MixedWorlds'
}
