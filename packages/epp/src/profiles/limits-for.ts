import type { ContractLimits } from '@droplock/rules/registries/contract-limits'
import type { AccountLimits, SessionLife } from '../pool/limits.ts'

/** The limits of an account: its contract's where that says something, else its profile's. */
export function limitsFor(usual: AccountLimits, contract: ContractLimits): AccountLimits {
  const { idleSecondsMax, sessionLifeSecondsMax, sessionCommandsMax, commandsInFlightMax, ...same } = contract
  const life = lifeFor(usual.life, sessionLifeSecondsMax, sessionCommandsMax)
  return {
    ...usual,
    ...same,
    ...(idleSecondsMax !== undefined && silenceFor(usual, idleSecondsMax * 1_000)),
    ...(life && { life }),
    ...(commandsInFlightMax !== undefined && { windowMax: commandsInFlightMax }),
  }
}

/** A hello comes in the middle of the silence at the latest. */
function silenceFor({ helloAfterMs = Infinity }: AccountLimits, idleMsMax: number) {
  return { idleMsMax, helloAfterMs: Math.min(helloAfterMs, idleMsMax / 2) }
}

/** An end that the contract sets takes the profile's time of replacement with it, which was made for another end. */
function lifeFor(usual: SessionLife | undefined, secondsMax?: number, commandsMax?: number) {
  if (secondsMax === undefined && commandsMax === undefined) return usual
  const { endsAfterMs, replaceAfterMs, endsAfterCommands, replaceAfterCommands } = usual ?? {}
  const age = secondsMax === undefined ? { endsAfterMs, replaceAfterMs } : { endsAfterMs: secondsMax * 1_000 }
  const commands =
    commandsMax === undefined
      ? { endsAfterCommands, replaceAfterCommands }
      : { endsAfterCommands: commandsMax }
  return withoutUndefined({ ...age, ...commands })
}

function withoutUndefined(life: { [Key in keyof SessionLife]?: number | undefined }): SessionLife {
  return Object.fromEntries(Object.entries(life).filter(([, value]) => value !== undefined))
}
