import { seededRandom } from '@droplock/rules/seeded-random'
import * as say from '../support/answers.ts'
import { NO_SHARED, serverExamples } from '../support/shared.ts'

/** Answers as they should be, of every kind; the RFCs' examples too, where they are at hand. */
export const GOOD: readonly string[] = [
  say.greeting('2026-11-24T14:00:00.0Z'),
  say.result(2302, 'ID-1'),
  say.created('a.pl', 'ID-1'),
  say.info('a.pl', 'ID-1'),
  say.checked(['a.pl', 'b.pl'], 'ID-1'),
  ...['rfc5730', 'rfc5731', 'rfc5732', 'rfc5733', 'rfc3915'].flatMap(serverExamples),
]

export const CORPUS_NOTE = GOOD.length > 5 ? '' : ` (${NO_SHARED}: without the RFCs’ examples)`

/** What is put in, somewhere. */
const NASTY: readonly string[] = [
  '<!DOCTYPE epp [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
  '<!DOCTYPE epp SYSTEM "file:///etc/passwd">',
  '&xxe;',
  '&#0;',
  '&#x110000;',
  '&#xD800;',
  '&amp;amp;lt;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.1"?>',
  '<?php echo 1 ?>',
  '<a xmlns="">',
  '<x:y>',
  ' xmlns:xml="urn:x"',
  ' a="1" a="2"',
  '\u0000',
  '\ufeff',
  '\uffff',
  '</response>',
  '<response>',
  '<result code="1000"><msg/></result>',
  '<pw>',
  '</epp></epp>',
  '<epp>'.repeat(60),
]

/** Random choices of one fuzz run; the seed replays it. */
export class Dice {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = seededRandom(seed)
  }

  below(bound: number): number {
    return Math.floor(this.#next() * bound)
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }

  octets(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.below(256)))
  }
}

/** A document that is damaged in one to four places. */
export function damaged(dice: Dice): Buffer {
  let octets: Buffer = Buffer.from(dice.pick(GOOD), 'utf8')
  for (let harm = dice.below(4); harm >= 0; harm -= 1) octets = damage(octets, dice)
  // No frame is empty.
  return octets.length > 0 ? octets : Buffer.from('<')
}

function damage(octets: Buffer, dice: Dice): Buffer {
  const at = dice.below(octets.length + 1)
  const [before, after] = [octets.subarray(0, at), octets.subarray(at)]
  switch (dice.below(7)) {
    case 0:
      return before
    case 1:
      return Buffer.concat([before, after.subarray(dice.below(30))])
    case 2:
      return Buffer.concat([before, dice.octets(1 + dice.below(4)), after.subarray(dice.below(4))])
    case 3:
      return Buffer.concat([before, after.subarray(0, dice.below(60)), after])
    case 4:
      return splice(octets, Buffer.from(dice.pick(GOOD), 'utf8'), dice)
    default:
      return Buffer.concat([
        atTag(before),
        Buffer.from(dice.pick(NASTY), 'utf8'),
        octets.subarray(atTag(before).length),
      ])
  }
}

/** Cut back to the last tag's begin, where what is put in is taken for markup. */
function atTag(octets: Buffer): Buffer {
  const at = octets.lastIndexOf('<')
  return at <= 0 ? octets : octets.subarray(0, at)
}

function splice(one: Buffer, other: Buffer, dice: Dice): Buffer {
  return Buffer.concat([one.subarray(0, dice.below(one.length)), other.subarray(dice.below(other.length))])
}
