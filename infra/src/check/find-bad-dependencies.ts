/** A package of `pnpm licenses list --json`, with the licence that its manifest names. */
export type LicensedPackage = { readonly name: string; readonly license: string }

/** Permissive licences, and those of fonts. None of them asks that a program which contains the package is published (SPDX ids). */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** Files under it stay under it, which binds nobody who only builds or tests with them. */
const forDevelopment: ReadonlySet<string> = new Set(['MPL-2.0'])

/** Packages that are judged by hand, each with the reason. */
const judged: Readonly<Record<string, string>> = {
  'css-mediaquery': 'names its licence `BSD`: the file is the BSD-3-Clause text',
  lightningcss:
    'MPL-2.0, of the build: better-auth names vitest as an optional peer, and nothing of it is bundled or loaded',
}

/** Where the native part of a package is a package for each platform. */
const platformSuffix = /-(?:linux|darwin|win32|freebsd|android)-.*$/

/** The packages whose licence is not allowed, as `name: licence`. */
export function findBadLicences(
  shipped: readonly LicensedPackage[],
  all: readonly LicensedPackage[],
): readonly string[] {
  const isShipped = new Set(shipped.map(({ name }) => name))
  return all.flatMap(({ name, license }) => {
    const allowed = isShipped.has(name) ? permissive : new Set([...permissive, ...forDevelopment])
    const isJudged = Object.hasOwn(judged, name.replace(platformSuffix, ''))
    return isJudged || allows(license, allowed) ? [] : [`${name}: ${license}`]
  })
}

/** Reads an SPDX expression of one level, as manifests have it: `(A OR B)` needs one of them, `A AND B` both. */
function allows(expression: string, allowed: ReadonlySet<string>): boolean {
  const text = expression.replaceAll(/[()]/g, '')
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((id) => allowed.has(id.trim())))
}

type Manifest = { readonly path: string; readonly dependencies: Readonly<Record<string, string>> }

/** One version, or a workspace of ours. */
const exact = /^(?:\d+\.\d+\.\d+(?:-[\w.-]+)?|workspace:\*)$/

/** Dependencies that another version could stand in for, as `path: name version`. */
export function findLoosePins(manifests: readonly Manifest[]): readonly string[] {
  return manifests.flatMap(({ path, dependencies }) =>
    Object.entries(dependencies).flatMap(([name, version]) =>
      exact.test(version.replace(/^npm:(?:@[^/]+\/)?[^@]+@/, '')) ? [] : [`${path}: ${name} ${version}`],
    ),
  )
}
