import { fileURLToPath } from 'node:url'
import { metricsSettings, serverSettings } from '@droplock/http/settings'
import { PROOF_SECONDS_DEFAULT, roles } from '@droplock/rules/staff'
import { keyList } from '@droplock/settings/keys'
import { hasMailSender, mailSettings, noMailSender } from '@droplock/settings/mail'
import { paymentSettings } from '@droplock/settings/payments'
import { hasWindow, noWindow, publicationSettings } from '@droplock/settings/publication'
import { milliseconds, port, readSettings } from '@droplock/settings/values'
import { z } from 'zod'
import { isWholeProvider, partOfProvider, providerSettings } from './identity-provider/settings.ts'

const roleList = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== ''),
  )
  .pipe(z.array(z.enum(roles)))

export const schema = z
  .object({
    ...serverSettings,
    ...metricsSettings,
    PORT: port(8081),
    DATABASE_MODE: paymentSettings.DATABASE_MODE,
    /** The public URL of the console. With https the cookie is bound to this host and never sent unencrypted. */
    PUBLIC_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
    /** The folder of the built console. */
    CONSOLE_FOLDER: z
      .string()
      .min(1)
      .default(fileURLToPath(new URL('../../console/dist', import.meta.url))),
    /** All deletions of five days in all TLDs are some 100 MB as text. */
    UPLOAD_BYTES_MAX: z.coerce.number().int().min(1).max(4_294_967_296).default(536_870_912),
    /** Sending and staging a list ends within this. Milliseconds. */
    UPLOAD_MS_MAX: milliseconds().default(300_000),
    ...publicationSettings,
    /** Encrypts second factors and the state of sign-ins at an identity provider. Without it there are neither. */
    DROPLOCK_STAFF_SECRET_KEY: keyList.optional(),
    /** A sign-in counts as a recent proof of identity for so long. Seconds. */
    DROPLOCK_STEP_UP_SECONDS: z.coerce.number().int().min(30).max(43_200).default(PROOF_SECONDS_DEFAULT),
    /** Roles whose people need a second factor, separated by commas. */
    DROPLOCK_SECOND_FACTOR_ROLES: roleList.default([]),
    /** Links to choose a password are mailed; without a mail server or PUBLIC_ORIGIN they are shown once to the admin. */
    ...mailSettings,
    ...providerSettings,
    /** How often the heartbeat of the workers is checked. */
    DROPLOCK_WATCH_WORKER_MS: milliseconds(10).default(1_000),
    /** An alarm is raised when no worker has written its heartbeat for this long. Milliseconds. */
    DROPLOCK_WORKER_SILENT_MS_MAX: milliseconds(10).default(10_000),
  })
  .refine(hasWindow, noWindow)
  .refine(hasMailSender, noMailSender)
  .refine(isWholeProvider, partOfProvider)
  .refine(
    ({ PUBLIC_ORIGIN: origin, DROPLOCK_OIDC_ISSUER: issuer }) => origin !== undefined || issuer === undefined,
    { path: ['PUBLIC_ORIGIN'], message: 'is needed for an identity provider' },
  )
  .refine(
    ({
      DROPLOCK_SECOND_FACTOR_ROLES: required,
      DROPLOCK_STAFF_SECRET_KEY: key,
      DROPLOCK_OIDC_ISSUER: issuer,
    }) => (required.length === 0 && issuer === undefined) || key !== undefined,
    {
      path: ['DROPLOCK_STAFF_SECRET_KEY'],
      message: 'is needed where a role requires a second factor, and for an identity provider',
    },
  )

export type Config = z.output<typeof schema>

/** The settings of the operators' API from the environment, the only place that reads it. Throws BadConfig. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings('console-api', schema, environment)
}
