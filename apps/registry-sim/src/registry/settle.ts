import { profileNames } from '../profiles/names.ts'
import { profiles } from '../profiles/profiles.ts'
import { defaultAccounts, type RegistryOptions, type RegistrySettings, registrySchema } from './settings.ts'

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `over` upon `under`, one level deep: a registry may overrule one figure of a profile and keep the others. */
function lay(under: Fields, over: Fields): Fields {
  const laid: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = laid[key]
    if (value !== undefined) laid[key] = isFields(below) && isFields(value) ? { ...below, ...value } : value
  }
  return laid
}

/** The limits of the registry are every account's, unless it has its own. What is no account is left for the schema. */
function limitAccounts(fields: Fields): Fields {
  const accounts = fields['accounts'] ?? defaultAccounts
  const limits = isFields(fields['limits']) ? fields['limits'] : {}
  if (!Array.isArray(accounts)) return fields
  const limited = accounts.map((account: unknown) => {
    if (!isFields(account)) return account
    return { ...account, limits: { ...limits, ...(isFields(account['limits']) ? account['limits'] : {}) } }
  })
  return { ...fields, accounts: limited }
}

/** Lays `options` upon the profile they name, without judging them; the schema does. Applying it again changes nothing. */
export function layUponProfile(options: Fields): Fields {
  const name = profileNames.find((candidate) => candidate === options['profile'])
  return limitAccounts(name === undefined ? options : lay(profiles[name], options))
}

/** The settings of a registry: defaults, then its profile, then what was given. Throws `ZodError`. */
export function settle(options: RegistryOptions): RegistrySettings {
  return registrySchema.parse(layUponProfile(options))
}
