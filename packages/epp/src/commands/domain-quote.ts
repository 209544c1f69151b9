import type { FeeQuestion, FeeQuote } from '@droplock/rules/ports/registry-objects'
import { requireFee } from '../session/dialect.ts'
import { type Command, command } from './command.ts'
import { domainCheckVerb } from './domain-check.ts'

/** Asks what commands on names would cost. Throws `RangeError` without names or questions. RFC 8748 §5.1.1. */
export function quoteDomains(
  names: readonly string[],
  questions: readonly FeeQuestion[],
): Command<readonly FeeQuote[]> {
  if (questions.length === 0) throw new RangeError('a fee check asks about at least one command')
  return command({
    name: 'fee_check',
    objects: names,
    spends: 'check',
    verb: domainCheckVerb(names),
    extension: (dialect) => requireFee(dialect).check(questions),
    read: (response, { fee }) => fee?.readQuotes(response),
  })
}
