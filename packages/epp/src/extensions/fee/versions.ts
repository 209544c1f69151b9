import { fee1 } from './fee-1.0.ts'
import type { FeeVersion } from './fee-version.ts'

/** What we speak, best first. */
export const FEE_VERSIONS: readonly FeeVersion[] = [fee1]

/** The best version that the greeting offers. Only that one is logged in: some registries answer in all of them. */
export function chooseFeeVersion(
  offered: readonly string[],
  versions: readonly FeeVersion[] = FEE_VERSIONS,
): FeeVersion | undefined {
  return versions.find(({ uri }) => offered.includes(uri))
}
