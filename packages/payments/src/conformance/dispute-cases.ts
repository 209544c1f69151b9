import assert from 'node:assert/strict'
import type { SubmitEvidence } from '@droplock/rules/ports/payments'
import { type Cases, done, type PaymentsWorld, paid, resultOf } from './world.ts'

const DAY_MS = 86_400_000

const evidence = {
  product_description: 'A backorder of a domain name.',
  service_date: '2026-11-28',
  uncategorized_text: 'Registered at 18:00:00.412 UTC — “exactly as ordered” & paid.\nTwo lines.',
}

let submissions = 0

async function disputed(world: PaymentsWorld, terms?: Parameters<PaymentsWorld['openDispute']>[1]) {
  const { providerId } = await paid(world)
  return world.openDispute(providerId, terms)
}

function answerTo(providerDisputeId: string): SubmitEvidence {
  submissions += 1
  return { submissionId: `submission-${submissions}`, providerDisputeId, evidence }
}

const closed = ['declined', 'evidence_closed']

export const disputeCases: Cases = {
  'a dispute says why, and until when evidence is taken': async (world) => {
    const id = await disputed(world, { reason: 'product_not_received', dueInMs: 5 * DAY_MS })
    const { reason, evidenceDueBy, isAnswered, state } = done(await world.provider.getDispute(id))
    assert.deepEqual([reason, isAnswered, state], ['product_not_received', false, 'open'])
    const dueInMs = (evidenceDueBy?.getTime() ?? 0) - world.now().getTime()
    assert.ok(Math.abs(dueInMs - 5 * DAY_MS) < 60_000)
  },

  'evidence is submitted once, and the dispute stays open until the bank decides': async (world) => {
    const id = await disputed(world)
    const wanted = answerTo(id)
    const submitted = done(await world.provider.submitEvidence(wanted))
    assert.deepEqual([submitted.providerDisputeId, submitted.isAnswered, submitted.state], [id, true, 'open'])
    assert.deepEqual(done(await world.provider.submitEvidence(wanted)), submitted)
    assert.deepEqual(done(await world.provider.getDispute(id)), submitted)
    assert.deepEqual(resultOf(await world.provider.submitEvidence(answerTo(id))), closed)
    await world.closeDispute(id, true)
    assert.equal(done(await world.provider.getDispute(id)).state, 'won')
  },

  'evidence after the deadline is refused, and so is evidence for a decided dispute': async (world) => {
    const late = await disputed(world, { dueInMs: -DAY_MS })
    assert.deepEqual(resultOf(await world.provider.submitEvidence(answerTo(late))), closed)
    assert.equal(done(await world.provider.getDispute(late)).isAnswered, false)
    const lost = await disputed(world)
    await world.closeDispute(lost, false)
    assert.deepEqual(resultOf(await world.provider.submitEvidence(answerTo(lost))), closed)
  },

  'evidence whose answer is lost is ambiguous; the dispute shows that it was submitted': async (world) => {
    const id = await disputed(world)
    const wanted = answerTo(id)
    await world.loseNextAnswer()
    assert.equal((await world.provider.submitEvidence(wanted)).kind, 'ambiguous')
    assert.equal(done(await world.provider.getDispute(id)).isAnswered, true)
    assert.equal(done(await world.provider.submitEvidence(wanted)).isAnswered, true)
  },

  'evidence that is refused for the rate can be submitted later under the same key': async (world) => {
    const wanted = answerTo(await disputed(world))
    await world.refuseNext()
    assert.deepEqual(resultOf(await world.provider.submitEvidence(wanted)), ['rejected', 'rate_limited'])
    assert.equal(done(await world.provider.submitEvidence(wanted)).isAnswered, true)
  },

  'a submission’s key with other evidence is refused, and an unknown dispute is not found': async (world) => {
    const wanted = answerTo(await disputed(world))
    done(await world.provider.submitEvidence(wanted))
    const other = { ...wanted, evidence: { ...evidence, service_date: '2026-11-29' } }
    assert.deepEqual(resultOf(await world.provider.submitEvidence(other)), ['rejected', 'key_reused'])
    const unknown = await world.provider.submitEvidence(answerTo('du_unknown'))
    assert.deepEqual(resultOf(unknown), ['rejected', 'not_found'])
  },
}
