import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Machine } from '../../src/machines/machine.ts'
import { renderAllMachines, renderMachine } from '../../src/machines/render.ts'
import { tables } from './tables.ts'

test('a diagram has the initial states, the arrows and the terminal states; events of one step share an arrow', () => {
  const door = {
    initial: ['shut'],
    transitions: {
      shut: { push: 'ajar', pull: 'ajar', break: 'broken' },
      ajar: { close: 'shut' },
      broken: {},
    },
  } as const satisfies Machine<'shut' | 'ajar' | 'broken', 'push' | 'pull' | 'close' | 'break'>
  expect(renderMachine(door)).toBe(
    [
      'stateDiagram-v2',
      '  [*] --> shut',
      '  shut --> ajar: push, pull',
      '  shut --> broken: break',
      '  ajar --> shut: close',
      '  broken --> [*]',
    ].join('\n'),
  )
})

test('the page has every state of every machine', () => {
  const diagrams = renderAllMachines().split('```mermaid').slice(1)
  const machines = Object.values(tables)
  expect(diagrams).toHaveLength(machines.length)
  machines.forEach(({ arrows }, index) => {
    for (const state of Object.keys(arrows)) expect(diagrams[index]).toContain(` ${state}`)
  })
})

test('docs/state-machines.md is generated from the machines; if not, run npm run generate', () => {
  const page = new URL('../../../../docs/state-machines.md', import.meta.url)
  expect(readFileSync(page, 'utf8')).toBe(renderAllMachines())
})
