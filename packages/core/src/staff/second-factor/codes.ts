import { createHash, randomBytes } from 'node:crypto'
import { RECOVERY_CODES } from '@droplock/rules/staff'
import type { Transaction } from 'kysely'
import type { Database } from '../../database/tables.gen.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { SecretBox } from '../../keys/secret-box.ts'

/** What codes are checked with. */
export type SecondFactors = {
  /** Left out where the settings have no key: then nobody can set up a second factor, and no code is right. */
  readonly boxes: Keyring<SecretBox> | undefined
  /** The time step of a code that is right at this time, give or take one step; undefined for a wrong one. RFC 6238 §5.2. */
  readonly stepOf: (secret: Uint8Array, code: string, at: Date) => number | undefined
}

type Given = { readonly staffId: string; readonly code: string; readonly now: Date }

/** How a code was right; undefined where it was not. */
export type CodeMeans = 'totp' | 'recovery_code' | undefined

/** Uses a code of a person, so that it is never right again. */
export async function useCode(
  tx: Transaction<Database>,
  { staffId, code, now }: Given,
  factors: SecondFactors,
): Promise<CodeMeans> {
  const typed = code.replaceAll(/[\s-]/g, '').toUpperCase()
  if (/^\d{6}$/.test(typed))
    return (await useTotp(tx, { staffId, code: typed, now }, factors)) ? 'totp' : undefined
  const used = await tx
    .updateTable('staff_recovery_code')
    .set({ used_at: now })
    .where('staff_id', '=', staffId)
    .where('code_sha256', '=', hashOf(typed))
    .where('used_at', 'is', null)
    .returning('staff_id')
    .executeTakeFirst()
  return used === undefined ? undefined : 'recovery_code'
}

async function useTotp(
  tx: Transaction<Database>,
  { staffId, code, now }: Given,
  { boxes, stepOf }: SecondFactors,
): Promise<boolean> {
  const totp = await tx
    .selectFrom('staff_totp')
    .select(['id', 'secret', 'key_id', 'used_step'])
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  const box = totp && boxes?.withId(totp.key_id)
  if (totp === undefined || box === undefined) return false
  const step = stepOf(box.open(totp.secret, totp.id), code, now)
  if (step === undefined || (totp.used_step !== null && step <= Number(totp.used_step))) return false
  await tx
    .updateTable('staff_totp')
    .set({ used_step: BigInt(step) })
    .where('id', '=', totp.id)
    .execute()
  return true
}

/** Whether the person has a second factor, which their sign-ins need. */
export async function hasSecondFactor(tx: Transaction<Database>, staffId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('staff_totp')
    .select('id')
    .where('staff_id', '=', staffId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** 80 bits each: too many to guess, whatever hashes the database reveals. */
const CODE_CHARACTERS = 16

/** RFC 4648 §6: no digit that looks like a letter. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Replaces a person's recovery codes. Returns the new ones, which the database does not have. */
export async function replaceRecoveryCodes(
  tx: Transaction<Database>,
  staffId: string,
  now: Date,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  await tx
    .insertInto('staff_recovery_code')
    .values(codes.map((code) => ({ staff_id: staffId, code_sha256: hashOf(code), created_at: now })))
    .execute()
  return codes.map((code) => code.replaceAll(/(.{4})(?=.)/g, '$1-'))
}

function newRecoveryCode(): string {
  return Array.from(randomBytes(CODE_CHARACTERS), (octet) => ALPHABET[octet % ALPHABET.length]).join('')
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}

/** Removes a person's second factor and recovery codes. Returns whether there was one. */
export async function removeSecondFactor(tx: Transaction<Database>, staffId: string): Promise<boolean> {
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  const removed = await tx
    .deleteFrom('staff_totp')
    .where('staff_id', '=', staffId)
    .returning('confirmed_at')
    .execute()
  return removed.some(({ confirmed_at }) => confirmed_at !== null)
}
