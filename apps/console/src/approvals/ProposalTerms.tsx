import type { ProposalKind } from '@droplock/rules/proposals'
import { Typography } from '@mui/material'
import type { ReactNode } from 'react'
import type { Proposal } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'
import { Facts } from '../parts/Facts.tsx'
import { AppLink, linkTo, recordLink } from '../parts/links.tsx'
import { TimeText } from '../parts/texts.tsx'

type Fact = readonly [label: string, value: ReactNode]
type KindOf = {
  /** What is proposed, in a few words. */
  readonly title: (proposal: Proposal) => string
  /** What the approval does. */
  readonly effect: (proposal: Proposal) => string
  /** The terms in the order in which a person reads them; by default all of them as they are. */
  readonly facts?: (proposal: Proposal) => readonly Fact[]
}

/** How each kind of proposal is shown. A kind that is not here is shown with its terms as they are. */
const kinds: { readonly [Kind in ProposalKind]?: KindOf } = {
  target_outcome: {
    title: ({ terms }) => `${terms['name'] ?? 'Target'}: ${words(terms['outcome'] ?? '').toLowerCase()}`,
    effect: ({ terms }) =>
      terms['outcome'] === 'registered'
        ? 'The backorder is successful and its payment is earned.'
        : 'The backorder fails and its payment is refunded.',
    facts: ({ terms, backorder_id }) => [
      ['Name', backorder(backorder_id, terms['name'])],
      ['Result', <strong key="outcome">{words(terms['outcome'] ?? '')}</strong>],
      ['Registered', time(terms['cr_date'])],
      ['Our account there', terms['registry_account_id']],
      ['Evidence', <Quoted key="evidence" text={terms['evidence']} />],
    ],
  },
  bank_transfer: {
    title: ({ terms }) =>
      `Credit of ${amount(terms, 'amount_minor')} to ${terms['account_name'] ?? 'an account'}`,
    effect: () => 'The amount is credited to the balance.',
    facts: ({ terms, account_id }) => [
      ['Account', linkTo('accounts', account_id, terms['account_name'] ?? undefined)],
      ['Amount', amount(terms, 'amount_minor')],
      ['Bank reference', terms['bank_reference']],
    ],
  },
  credit_limit: {
    title: ({ terms }) => `Credit limit of ${terms['account_name'] ?? 'an account'}`,
    effect: () => 'The account may owe up to the new limit.',
    facts: ({ terms, account_id }) => [
      ['Account', linkTo('accounts', account_id, terms['account_name'] ?? undefined)],
      ['New limit', amount(terms, 'limit_minor')],
      ['Limit until now', amount(terms, 'limit_before_minor')],
    ],
  },
  withdrawal: {
    title: ({ terms }) => `Withdrawal of ${terms['name'] ?? 'a name'}`,
    effect: ({ terms }) =>
      `The order ends and is refunded.${terms['block'] === 'yes' ? ' Later lists do not list the name again.' : ''}`,
    facts: ({ terms, backorder_id }) => [
      ['Name', backorder(backorder_id, terms['name'])],
      ['Account', terms['account_name']],
      ['Order', terms['backorder_state'] && words(terms['backorder_state'])],
      ['Drop begins', time(terms['drop_from'])],
      ['Block the name', terms['block'] === 'yes' ? 'Yes' : 'No'],
      ['Evidence', <Quoted key="evidence" text={terms['evidence']} />],
    ],
  },
  month_close: {
    title: ({ subject }) => `Close of ${subject}`,
    effect: () => 'Nothing is posted before the end of the month any more. It cannot be reopened.',
  },
  registry_stop: {
    title: ({ subject }) => `Stop of ${subject}`,
    effect: () => 'No create is sent to the registry until a person restarts it.',
    facts: ({ subject, terms }) => [
      ['Registry', subject],
      ['Paid names in their window', terms['names_in_window']],
    ],
  },
}

export function proposalTitle(proposal: Proposal): string {
  return kinds[proposal.kind]?.title(proposal) ?? `${words(proposal.kind)}: ${proposal.subject}`
}

export function proposalEffect(proposal: Proposal): string {
  return kinds[proposal.kind]?.effect(proposal) ?? 'What is proposed is carried out at once.'
}

/** What is proposed, as facts. */
export function ProposalTerms({ proposal, narrow = true }: { proposal: Proposal; narrow?: boolean }) {
  return <Facts narrow={narrow} facts={kinds[proposal.kind]?.facts?.(proposal) ?? plainFacts(proposal)} />
}

/** The terms as they are, for a kind that has no part of its own. */
function plainFacts({ terms, account_id, account_name, backorder_id }: Proposal): readonly Fact[] {
  const account: Fact = ['Account', linkTo('accounts', account_id, account_name)]
  const order: Fact = ['Backorder', linkTo('backorders', backorder_id, terms['name'] ?? undefined)]
  const hidden = new Set(['account_id', 'account_name', 'backorder_id', 'currency'])
  const others = Object.entries(terms)
    .filter(([name]) => !hidden.has(name))
    .map(
      ([name, value]): Fact => [
        words(name.replace(/_minor$/, '')),
        name.endsWith('_minor') ? (
          amount(terms, name)
        ) : value?.includes('\n') ? (
          <Quoted key={name} text={value} />
        ) : (
          value
        ),
      ],
    )
  return [account, order, ...others]
}

type Terms = Proposal['terms']

/** An amount of the terms, which are text; as it is where the terms name no currency. */
function amount(terms: Terms, member: string): string | undefined {
  const [minor, currency] = [terms[member], terms['currency']]
  if (minor === undefined || minor === null) return undefined
  if (currency === undefined || currency === null || !/^-?\d+$/.test(minor)) return minor
  return moneyText({ amount_minor: Number(minor), currency })
}

function time(at: string | null | undefined): ReactNode {
  return at === undefined || at === null ? undefined : <TimeText key="at" at={at} />
}

function backorder(id: string | undefined, name: string | null | undefined): ReactNode {
  if (id === undefined) return name
  return <AppLink to={recordLink('backorders', id)}>{name ?? 'View'}</AppLink>
}

/** What somebody else wrote, with its lines. */
export function Quoted({ text }: { text: string | null | undefined }) {
  if (text === undefined || text === null) return null
  return <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</Typography>
}
