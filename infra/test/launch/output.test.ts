import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { makeBriefOutput, makeOutput } from '../../src/launch/output.ts'

function printed(forPerson: boolean, text: string): string {
  const stream = new PassThrough({ encoding: 'utf8' })
  makeOutput(stream, forPerson).line('gateway', text)
  return String(stream.read())
}

test('for a machine, JSON lines pass as they are and any other line becomes one', () => {
  const line = '{"level":"info","msg":"up"}'
  expect(printed(false, line)).toBe(`${line}\n`)
  expect(JSON.parse(printed(false, 'TypeError: no'))).toMatchObject({
    level: 'error',
    app: 'gateway',
    msg: 'TypeError: no',
  })
})

test('for a person, a line is its app and its message', () => {
  const line = '{"level":"error","time":1,"msg":"refused","code":"name_taken"}'
  expect(printed(true, line)).toBe('gateway      │ ERROR refused {"code":"name_taken"}\n')
  expect(printed(true, 'plain')).toBe('gateway      │ plain\n')
})

test('of the apps a demo shows warnings, errors and what is no log line, with the time since its start', () => {
  const stream = new PassThrough({ encoding: 'utf8' })
  const output = makeBriefOutput(stream)
  output.say('every name is decided')
  output.line('worker', '{"level":"info","msg":"a sweep"}')
  output.line('worker', '{"level":"warn","msg":"late"}')
  output.line('gateway', 'TypeError: no')
  expect(
    String(stream.read())
      .replaceAll(/ *\d+\.\d s/g, '0 s')
      .split('\n'),
  ).toEqual([
    '0 s  every name is decided',
    '0 s  worker: {"level":"warn","msg":"late"}',
    '0 s  gateway: TypeError: no',
    '',
  ])
})
