/** Which zones each of the two registries serves. */
export type ZoneShares = { readonly exact: readonly string[]; readonly daily: readonly string[] }

/**
 * Gives each zone to one registry so that both have names: the largest to `exact`, every further one to whichever has
 * fewer. Zones without names go to `daily`, which so has at least one.
 */
export function shareZones(
  rows: readonly { readonly zone: string }[],
  zones: ReadonlySet<string>,
): ZoneShares {
  const counts = new Map([...zones].map((zone) => [zone, 0]))
  for (const { zone } of rows) counts.set(zone, (counts.get(zone) ?? 0) + 1)
  const shares = { exact: new Array<string>(), daily: new Array<string>() }
  const names = { exact: 0, daily: 0 }
  const bySize = [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  for (const [zone, count] of bySize) {
    const registry =
      shares.exact.length > 0 && (count === 0 || names.daily <= names.exact) ? 'daily' : 'exact'
    shares[registry].push(zone)
    names[registry] += count
  }
  return shares
}
