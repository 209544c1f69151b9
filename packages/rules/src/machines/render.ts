import { backorderMachine } from './backorder.ts'
import { bankTransferMachine } from './bank-transfer.ts'
import { catchTargetMachine } from './catch-target.ts'
import { connectionTestMachine } from './connection-test.ts'
import { deliveryMachine } from './delivery.ts'
import { evidenceMachine } from './dispute-evidence.ts'
import { listingMachine } from './listing.ts'
import { isTerminal, type Machine, statesOf } from './machine.ts'
import { memberMailMachine } from './member-mail.ts'
import { passwordChangeMachine } from './password-change.ts'
import { paymentMachine } from './payment.ts'
import { proposalMachine } from './proposal.ts'
import { refundMachine } from './refund.ts'
import { registryContactMachine } from './registry-contact.ts'
import { registryRequestMachine } from './registry-request.ts'
import { renewalMachine } from './renewal.ts'
import { scheduleChangeMachine } from './schedule-change.ts'
import { syncRunMachine } from './sync-run.ts'
import { targetTryMachine } from './target-try.ts'

/** A machine as Mermaid `stateDiagram-v2` text, in the order of its table. Events of one step share its arrow. */
export function renderMachine<State extends string, Event extends string>(
  machine: Machine<State, Event>,
): string {
  const states = statesOf(machine)
  const lines = [
    ...machine.initial.map((state) => `[*] --> ${state}`),
    ...states.flatMap((state) => arrowsFrom(state, machine.transitions[state])),
    ...states.filter((state) => isTerminal(machine, state)).map((state) => `${state} --> [*]`),
  ]
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`)].join('\n')
}

function arrowsFrom(state: string, row: Readonly<Partial<Record<string, string>>>): string[] {
  const steps = Object.entries(row).filter((step): step is [string, string] => step[1] !== undefined)
  const eventsByTarget = Map.groupBy(steps, ([, target]) => target)
  return [...eventsByTarget].map(
    ([target, events]) => `${state} --> ${target}: ${events.map(([event]) => event).join(', ')}`,
  )
}

const sections: readonly (readonly [title: string, diagram: string])[] = [
  ['Listing', renderMachine(listingMachine)],
  ['Backorder', renderMachine(backorderMachine)],
  ['Payment', renderMachine(paymentMachine)],
  ['Refund', renderMachine(refundMachine)],
  ['Evidence for a dispute', renderMachine(evidenceMachine)],
  ['Bank transfer', renderMachine(bankTransferMachine)],
  ['Proposal', renderMachine(proposalMachine)],
  ['Sync run', renderMachine(syncRunMachine)],
  ['Schedule change', renderMachine(scheduleChangeMachine)],
  ['Catch target', renderMachine(catchTargetMachine)],
  ['Try of one registry account', renderMachine(targetTryMachine)],
  ['Test of a registry connection', renderMachine(connectionTestMachine)],
  ['Change of a registry password', renderMachine(passwordChangeMachine)],
  ['Renewal', renderMachine(renewalMachine)],
  ['Registry contact', renderMachine(registryContactMachine)],
  ['Registry request', renderMachine(registryRequestMachine)],
  ['Delivery of an event', renderMachine(deliveryMachine)],
  ['Mail to a person of an account', renderMachine(memberMailMachine)],
]

/** All machines as one Markdown page: docs/state-machines.md, whole. */
export function renderAllMachines(): string {
  const head =
    '# State machines\n\nGenerated from `packages/rules/src/machines` by `npm run generate`; not edited by hand.\n'
  return (
    head + sections.map(([title, diagram]) => `\n## ${title}\n\n\`\`\`mermaid\n${diagram}\n\`\`\`\n`).join('')
  )
}
