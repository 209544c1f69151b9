import { isResultCode, meaningOnCreate } from '@droplock/rules/drop/result-codes'
import type { Schema } from '@droplock/sdk/client'
import { Button, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { type BackorderDetail, useApi } from '../api.ts'
import { Facts, Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useColon } from '../parts/texts.tsx'
import { type First, spanOf, whoWasFirst } from './outcome.ts'
import { attemptsQuery } from './queries.ts'
import { InstantText, StackedInstant } from './times.tsx'

type Attempt = Schema<'Attempt'>

/** Who had the name first and how that is known, and every command that was sent for it. */
export function Evidence({ order }: { order: BackorderDetail }) {
  const t = useTranslations('orders.evidence')
  const tReasons = useTranslations('orders.timeline.reasons')
  const { outcome, deciding_attempt: deciding } = order
  const colon = useColon()
  const first = whoWasFirst(order)
  const facts: readonly (readonly [string, ReactNode] | undefined)[] = [
    first === undefined
      ? undefined
      : first.kind === 'nobody'
        ? [t('result'), tReasons(first.reason)]
        : [t('first'), <FirstText key="first" first={first} />],
    outcome?.lost_by === undefined
      ? undefined
      : [t('lostBy'), <SpanText key="by" lostBy={outcome.lost_by} />],
    outcome?.basis === undefined ? undefined : [t('basis'), t(`bases.${outcome.basis}`)],
    deciding === undefined
      ? undefined
      : [
          t('deciding'),
          <>
            <InstantText at={deciding.sent_at} />
            {colon}
            {t(`commands.${deciding.command}`)} – <AnswerText attempt={deciding} />
          </>,
        ],
  ]
  const known = facts.filter((fact) => fact !== undefined)
  return (
    <Section title={t('title')}>
      {known.length === 0 ? null : <Facts facts={known} />}
      <Attempts order={order} />
    </Section>
  )
}

function FirstText({ first }: { first: Exclude<First, { kind: 'nobody' }> }) {
  const t = useTranslations('orders')
  const at = () => (first.at === undefined ? '–' : <InstantText key="at" at={first.at} />)
  if (first.kind === 'us') return t.rich('evidence.us', { at })
  return t.rich(first.at === undefined ? 'evidence.other' : 'evidence.otherAt', {
    holder:
      first.holder === undefined ? t('timeline.anotherRegistrar') : t('registrar', { id: first.holder }),
    at,
  })
}

function SpanText({ lostBy }: { lostBy: Schema<'LostBy'> }) {
  const t = useTranslations('orders.evidence')
  const format = useFormatter()
  const span = spanOf(lostBy)
  const text = (ms: number) =>
    ms < 1_000
      ? t('ms', { ms: format.number(ms) })
      : t('seconds', { seconds: format.number(ms / 1_000, { maximumFractionDigits: 3 }) })
  return span.kind === 'at_most'
    ? t('atMost', { time: text(span.ms) })
    : t('between', { from: text(span.fromMs), to: text(span.toMs) })
}

/** What the registry answered, in plain words, with its code for those who know it. */
function AnswerText({ attempt }: { attempt: Attempt }) {
  const t = useTranslations('orders.evidence')
  const { command, outcome, code, message } = attempt
  if (outcome !== 'answered') return t(`outcomes.${outcome}`)
  const words =
    command === 'create' && code !== undefined && isResultCode(code)
      ? t(`answers.${meaningOnCreate(code)}`)
      : command === 'rdap' && code !== undefined
        ? t(code === 404 ? 'answers.rdapAbsent' : code === 200 ? 'answers.found' : 'answers.other')
        : code === undefined || code >= 2_000
          ? t('answers.other')
          : t(command === 'info' ? 'answers.found' : 'answers.answered')
  const detail = [code, message].filter((part) => part !== undefined).join(' ')
  return (
    <>
      {words}{' '}
      {detail === '' ? null : (
        <Text span size="sm" c="dimmed">
          ({detail})
        </Text>
      )}
    </>
  )
}

/** Attempts that are shown at once: the newest. */
const SHOWN = 5

function Attempts({ order }: { order: BackorderDetail }) {
  const t = useTranslations('orders.evidence')
  const [all, setAll] = useState(false)
  const { attempts, attempts_next: next, attempts_removed: removed } = order
  if (attempts.length === 0) return null
  return (
    <Stack gap="sm" mt="md">
      <Title order={3} size="h5">
        {t('attempts')}
      </Title>
      <AttemptTable attempts={all ? attempts : attempts.slice(0, SHOWN)} />
      {all || attempts.length <= SHOWN ? null : (
        <Button variant="default" onClick={() => setAll(true)} className="start">
          {t('more')}
        </Button>
      )}
      {(all || attempts.length <= SHOWN) && next !== undefined ? (
        <Earlier id={order.id} cursor={next} />
      ) : null}
      {removed === undefined ? null : (
        <Text size="sm" c="dimmed">
          {t('removed', { count: removed.count })}
        </Text>
      )}
    </Stack>
  )
}

/** A page of earlier attempts, once it is asked for, and behind it the next. */
function Earlier({ id, cursor }: { id: string; cursor: string }) {
  const t = useTranslations('orders.evidence')
  const [isOpen, setIsOpen] = useState(false)
  const { data, error, isFetching, refetch } = useQuery({
    ...attemptsQuery(useApi(), id, cursor),
    enabled: isOpen,
  })
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined)
    return (
      <Button variant="default" loading={isFetching} onClick={() => setIsOpen(true)} className="start">
        {t('more')}
      </Button>
    )
  return (
    <>
      <AttemptTable attempts={data.items} />
      {data.next === undefined ? null : <Earlier id={id} cursor={data.next} />}
    </>
  )
}

function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  const t = useTranslations('orders.evidence')
  const format = useFormatter()
  return (
    <Table role="table" className="cards attempts" verticalSpacing={6} aria-label={t('attempts')}>
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          <Table.Th role="columnheader">{t('sent')}</Table.Th>
          <Table.Th role="columnheader">{t('command')}</Table.Th>
          <Table.Th role="columnheader">{t('answer')}</Table.Th>
          <Table.Th role="columnheader" ta="right">
            {t('took')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {attempts.map((attempt) => (
          <Table.Tr role="row" key={attempt.cltrid} className={attempt.decided ? 'deciding' : undefined}>
            <Table.Td role="cell" data-label={t('sent')}>
              <StackedInstant at={attempt.sent_at} />
            </Table.Td>
            <Table.Td role="cell" data-label={t('command')} className="command">
              {t(`commands.${attempt.command}`)}
            </Table.Td>
            <Table.Td role="cell" data-label={t('answer')}>
              <AnswerText attempt={attempt} />
              {attempt.decided ? <b className="decided">{t('decided')}</b> : null}
            </Table.Td>
            <Table.Td role="cell" data-label={t('took')} className="took">
              {attempt.round_trip_ms === undefined
                ? '–'
                : t('ms', { ms: format.number(attempt.round_trip_ms, { maximumFractionDigits: 1 }) })}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
