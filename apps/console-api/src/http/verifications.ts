import { openTurns } from '@droplock/http/turns'
import { hashPassword, verifyPassword } from '@droplock/passwords/passwords'
import { Refusal } from '@droplock/rules/refusals'
import { newToken } from './session-cookies.ts'

/**
 * Verifying a password costs some 30 ms of a core and 19 MiB, so few are verified at once and few wait. Sign-ins from unknown devices
 * are verified one after the other, which is still 30 a second; of one source at most eight wait, so that it cannot block the others.
 */
const UNKNOWN_DEVICES = { atOnceMax: 1, waitingMax: 32, ofOneMax: 8 }

/** Sign-ins from known devices do not wait for those from unknown ones. */
const KNOWN_DEVICES = { atOnceMax: 2, waitingMax: 32, ofOneMax: 4 }

type Verifier = {
  readonly verify: (passwordHash: string, password: string) => Promise<boolean>
  /** The hash of a password that nobody knows. */
  readonly decoyHash: string
}

export type Verifications = {
  /** Runs `work` when it is its turn: by the token of a known device, else by the source. Throws Refusal('unavailable'). */
  readonly inTurn: <Result>(
    by: { readonly device: string | undefined; readonly source: string },
    work: (verifier: Verifier) => Promise<Result>,
  ) => Promise<Result>
}

export function openVerifications(): Verifications {
  const [unknown, known] = [openTurns(UNKNOWN_DEVICES, tooMany), openTurns(KNOWN_DEVICES, tooMany)]
  // Made when it is first needed, as it takes 30 ms.
  let decoy: Promise<string> | undefined
  return {
    inTurn: async ({ device, source }, work) => {
      const end = await (device !== undefined ? known.take(device) : unknown.take(source))
      try {
        decoy ??= hashPassword(newToken())
        return await work({ verify: verifyPassword, decoyHash: await decoy })
      } finally {
        end()
      }
    },
  }
}

/** The same answer for everyone, before anything is read. */
function tooMany(): Refusal {
  return new Refusal(
    'unavailable',
    'Too many people are signing in at the moment. Try again in a few seconds.',
  )
}
