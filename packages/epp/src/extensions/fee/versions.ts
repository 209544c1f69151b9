import { fee1 } from './fee-1.0.ts'
import type { FeeVersion } from './fee-version.ts'

/** What we speak, best first. */
export const FEE_VERSIONS: readonly FeeVersion[] = [fee1]

/** The namespace of any version, RFC 8748 or draft, with or without the `epp:` of the later ones. */
const ANY_VERSION = /^urn:ietf:params:xml:ns:(?:epp:)?fee-\d+\.\d+$/u

/** What the registry offers of the fee extension, drafts that we do not speak among it. */
export function offeredFees(offered: readonly string[]): readonly string[] {
  return offered.filter((uri) => ANY_VERSION.test(uri))
}

/** The best version that the greeting offers. Only that one is logged in: some registries answer in all of them. */
export function chooseFeeVersion(
  offered: readonly string[],
  versions: readonly FeeVersion[] = FEE_VERSIONS,
): FeeVersion | undefined {
  return versions.find(({ uri }) => offered.includes(uri))
}
