import { alarmKinds } from '@droplock/rules/alarms'
import { expect, test } from 'vitest'
import { alarmPage } from '../../src/alarms/alarm-page.ts'

const sources = import.meta.glob<string>('../../src/{App,drops}.tsx', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const pages = Object.values(sources).flatMap((text) =>
  [...text.matchAll(/name="([a-z-]+)"/gu)].map(([, name]) => name),
)

test.each(alarmKinds)('an alarm %s leads to a page of the console where it is solved', (kind) => {
  const path = alarmPage({ id: '1', kind, subject: 'subject', facts: {}, raised_at: '', last_seen_at: '' })
  expect(pages).toContain(path.split(/[/?]/u)[1])
})
