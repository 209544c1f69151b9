import { id, one, type SchemaExamples } from './story.ts'

const zone = 'qmbadtgk.sandbox'
const created = '2026-02-12T10:15:04.218Z'
const drop = {
  id: '01985f57-2a40-7d8c-9f16-3b7e5c0a8d21',
  state: 'preparing',
  time_scale: 1_440,
  created_at: created,
  drops_at: '2026-02-12T10:16:05.000Z',
  ends_at: '2026-02-12T10:16:38.000Z',
  names: [{ name: `caught-1.${zone}` }, { name: `lost-1.${zone}` }],
}
const listed = {
  listing_state: 'open',
  cutoff_at: '2026-02-12T10:15:50.000Z',
  drop_from: drop.drops_at,
  drop_to: '2026-02-12T10:16:13.000Z',
}
const running = {
  ...drop,
  state: 'running',
  names: [
    { name: `caught-1.${zone}`, ...listed, backorder_id: id.won },
    { name: `lost-1.${zone}`, ...listed },
  ],
}

/** Of sandboxes and their drops. */
export const sandboxExamples: SchemaExamples = {
  Sandbox: one({
    zone,
    kinds: [
      {
        label: 'caught-*',
        ends: 'It is released as predicted, and caught. So is a name with any other label.',
      },
    ],
    time_scale: { min: 1, usual: 1_440, max: 2_880 },
    drops: [running],
  }),
  SandboxDrop: one(running),
  CreateSandboxDrop: {
    each_kind: { summary: 'One name of each kind, in a minute', value: {} },
    card: {
      summary: 'A name that drops in a day, so that it can be paid by card',
      value: { names: [`refundfails-1.${zone}`], time_scale: 1 },
    },
  },
}

/** Answers of operations whose schema has another example. */
export const sandboxAnswers: SchemaExamples = { createSandboxDrop: one(drop, 'The names are not listed yet') }
