import type { Context } from '@droplock/core/context'
import { type SourceSeed, seedSources } from '@droplock/core/sources/seed'
import { isDropListFormat } from '@droplock/feeds/formats/formats'
import type { Logger } from '@droplock/observability/logger'
import { usualSource } from '@droplock/rules/list-sources'
import { timeZone } from '@droplock/settings/values'
import { z } from 'zod'
import type { Job } from '../jobs/jobs.ts'
import type { Credential, Credentials } from './credentials.ts'

const HOUR_SECONDS = 3_600
/** A year. */
const LATE_AFTER_HOURS_MAX = 8_784

/** A source of the setting, and the user and password that were in its address. */
export type ConfiguredSource = { readonly seed: SourceSeed; readonly credential?: Credential }

/** One source as the setting describes it: `url` or `path` (a file, or a folder of lists). */
export const configuredSourceSchema = z
  .strictObject({
    registryId: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }).optional(),
    path: z.string().min(1).optional(),
    format: z.string().refine(isDropListFormat, 'is not a list format').optional(),
    timeZone: timeZone.default('UTC'),
    scope: z.enum(['snapshot', 'increment']).optional(),
    lateAfterHours: z.number().positive().max(LATE_AFTER_HOURS_MAX).optional(),
  })
  .transform(({ url, path, registryId, ...rest }, context): ConfiguredSource => {
    const place = placeOf(url, path)
    if (place === undefined) {
      context.addIssue({ code: 'custom', message: 'a source has either url or path' })
      return z.NEVER
    }
    const { address, credential } = place
    const { lateAfterHours: hours } = rest
    const seed = {
      ...usualSource,
      registryId,
      address,
      format: rest.format ?? null,
      scopeKind: rest.scope ?? null,
      timeZone: rest.timeZone,
      ...(hours !== undefined && { lateAfterSeconds: Math.ceil(hours * HOUR_SECONDS) }),
      // The secret stays in the setting, under the name that the row has.
      credentials: credential === undefined ? null : address,
    }
    return { seed, ...(credential && { credential }) }
  })

function placeOf(url: string | undefined, path: string | undefined) {
  if (path !== undefined && url === undefined) return { address: path }
  if (url === undefined || path !== undefined) return undefined
  const address = new URL(url)
  const { username, password } = address
  address.username = ''
  address.password = ''
  if (username === '' && password === '') return { address: address.href }
  const credential = { user: decodeURIComponent(username), password: decodeURIComponent(password) }
  return { address: address.href, credential }
}

/** The secrets that sources may name: those of the setting for them, and those in the addresses of the sources themselves. */
export function credentialsOf(
  configured: readonly ConfiguredSource[],
  named: Readonly<Record<string, Credential>>,
): Credentials {
  const fromAddresses = configured.flatMap(({ seed, credential }) =>
    credential === undefined ? [] : [[seed.address, credential] as const],
  )
  return new Map([...fromAddresses, ...Object.entries(named)])
}

/** How often it is checked whether the registry of a source is defined by now. Milliseconds. */
const SEED_EVERY_MS = 5_000

/** Makes rows of the setting's sources, each once; those of a registry that is not defined yet wait for it. */
export function seedJob(ctx: Context, seeds: readonly SourceSeed[], logger: Logger): Job {
  let waiting = seeds
  let isReported = false
  return {
    name: 'source.seed',
    everyMs: SEED_EVERY_MS,
    run: async () => {
      if (waiting.length === 0) return undefined
      waiting = await seedSources(ctx, waiting)
      const registries = [...new Set(waiting.map(({ registryId }) => registryId))]
      if (registries.length > 0 && !isReported) logger.warn({ registries }, 'sources of unknown registries')
      isReported = registries.length > 0
      return undefined
    },
  }
}
