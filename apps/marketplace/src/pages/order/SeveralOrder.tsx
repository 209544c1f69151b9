import { Anchor, Box, Button, Checkbox, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { codeOf, type Money, useApi } from '../api.ts'
import { zonesQuery } from '../names/listing-queries.ts'
import { Section } from '../parts/Facts.tsx'
import { forgetKey, tabStore } from '../parts/keys.ts'
import { Sheet } from '../parts/Sheet.tsx'
import { MoneyText, NameText } from '../parts/texts.tsx'
import { useWords } from '../parts/use-words.ts'
import { useHref, useViewing } from '../viewing.tsx'
import { ContactChoice } from './ContactChoice.tsx'
import { checkQuery, type OrderCheck, obstacleOf } from './checks.ts'
import { NAMES_MAX, searchOfChosen } from './chosen.ts'
import { ORDER_SEVERAL, PlaceSeveral } from './PlaceSeveral.tsx'

/** Several names at once: each is checked, then all are paid from the balance, or one after the other by card. */
export function SeveralOrder({ names }: { names: readonly string[] }) {
  const t = useTranslations('order')
  const api = useApi()
  const checks = useQueries({ queries: names.map((name) => checkQuery(api, name)) })
  // Names that people take for others are ordered only by who says that they know them.
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set())
  const ready = checks.flatMap(({ data }) => (data !== undefined && isReady(data, known) ? [data] : []))
  const isAllYours = checks.every(({ data }) => data?.backorder_id !== undefined)
  return (
    <Stack gap="lg">
      <header>
        <Title order={1}>{t('several', { count: names.length })}</Title>
        <Text mt={4} maw={680}>
          {t('bulkAbout')}
        </Text>
        {names.length === NAMES_MAX ? (
          <Text size="sm" c="dimmed">
            {t('tooManyNames', { max: NAMES_MAX })}
          </Text>
        ) : null}
      </header>
      <NamesTable>
        {names.map((name, index) => (
          <NameRow
            key={name}
            name={name}
            check={checks[index]?.data}
            error={checks[index]?.error ?? null}
            others={names.filter((other) => other !== name)}
            isKnown={known.has(checks[index]?.data?.name ?? name)}
            onKnow={(key, isKnown) => setKnown((before) => withOrWithout(before, key, isKnown))}
          />
        ))}
      </NamesTable>
      {isAllYours ? (
        <AllYours />
      ) : (
        <ContactAndPayment
          names={names}
          ready={ready}
          isChecking={checks.some(({ isPending }) => isPending)}
          onRefused={() => void Promise.all(checks.map(({ refetch }) => refetch()))}
        />
      )}
    </Stack>
  )
}

type ContactAndPaymentProps = {
  readonly names: readonly string[]
  readonly ready: readonly Ready[]
  readonly isChecking: boolean
  readonly onRefused: () => void
}

function ContactAndPayment({ names, ready, isChecking, onRefused }: ContactAndPaymentProps) {
  const t = useTranslations('order')
  const [contactId, setContactId] = useState<string>()
  const [isAdding, setIsAdding] = useState(false)
  const keepContacts = useKeepContacts(names)
  return (
    <>
      {keepContacts ? (
        <Box maw={560}>
          <Section title={t('contact')}>
            <ContactChoice
              contactId={contactId}
              onChoose={setContactId}
              isAdding={isAdding}
              onAdding={setIsAdding}
            />
          </Section>
        </Box>
      ) : null}
      <Paper withBorder p="lg" radius="md" maw={560}>
        <PlaceSeveral
          ready={ready}
          contactId={contactId}
          first={isChecking ? t('checking') : isAdding ? t('contactFirst') : undefined}
          onRefused={onRefused}
        />
      </Paper>
    </>
  )
}

/** The account has all of these names: an answer was lost, or the page was loaded again. A later order of them is another request. */
function AllYours() {
  const t = useTranslations('order')
  const href = useHref()
  useEffect(() => forgetKey(tabStore(), ORDER_SEVERAL), [])
  return (
    <div role="status">
      <Text mb="md">{t('allYours')}</Text>
      <Button component={Link} href={href('/orders')}>
        {t('toOrders')}
      </Button>
    </div>
  )
}

/** Whether a registry of these names keeps contacts. */
function useKeepContacts(names: readonly string[]): boolean {
  const { currency } = useViewing()
  const { data } = useQuery(zonesQuery(useApi(), currency))
  const zones = new Set(names.map((name) => name.slice(name.indexOf('.') + 1)))
  return data?.items.some(({ zone, contact_roles }) => zones.has(zone) && contact_roles.length > 0) ?? false
}

function NamesTable({ children }: { children: ReactNode }) {
  const t = useTranslations('order')
  return (
    <Sheet isCards verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('name')}</Table.Th>
          <Table.Th ta="right">{t('price')}</Table.Th>
          <Table.Th>{t('state')}</Table.Th>
          <Table.Th aria-label={t('leaveOutShort')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Sheet>
  )
}

type Ready = OrderCheck & { readonly price: Money }

function isReady(check: OrderCheck, known: ReadonlySet<string>): check is Ready {
  const isClear = check.look_alike === undefined || known.has(check.name)
  return isClear && check.price !== undefined && obstacleOf(check) === undefined
}

function withOrWithout(before: ReadonlySet<string>, name: string, isIn: boolean): ReadonlySet<string> {
  const others = [...before].filter((other) => other !== name)
  return new Set(isIn ? [...others, name] : others)
}

type NameRowProps = {
  readonly name: string
  readonly check: OrderCheck | undefined
  readonly error: Error | null
  readonly others: readonly string[]
  readonly isKnown: boolean
  readonly onKnow: (name: string, isKnown: boolean) => void
}

function NameRow({ name, others, ...state }: NameRowProps) {
  const { check } = state
  const price = check === undefined || obstacleOf(check) !== undefined ? undefined : check.price
  const t = useTranslations('order')
  const href = useHref()
  return (
    <Table.Tr>
      <Table.Td className="main">
        <Anchor component={Link} href={href(`/names/${encodeURIComponent(name)}`)} fw={600}>
          <NameText name={check?.name ?? name} />
        </Anchor>
      </Table.Td>
      <Table.Td ta="right" className="figure">
        {price === undefined ? '–' : <MoneyText amount={price} />}
      </Table.Td>
      <Table.Td data-label={t('state')}>
        <NameState {...state} />
      </Table.Td>
      <Table.Td ta="right" className="action">
        <Anchor
          component={Link}
          href={href(`/order${searchOfChosen({ names: others, step: undefined })}`)}
          aria-label={t('leaveOut', { name })}
          size="sm"
        >
          {t('leaveOutShort')}
        </Anchor>
      </Table.Td>
    </Table.Tr>
  )
}

/** Why it could not be checked. */
function reasonOf(error: Error) {
  const code = codeOf(error)
  return { code: code === 'unreachable' ? 'unavailable' : code, detail: error.message }
}

/** Whether a name can be ordered, and what to look at before. */
function NameState({ check, error, isKnown, onKnow }: Omit<NameRowProps, 'name' | 'others'>) {
  const t = useTranslations('order')
  const say = useWords()
  const href = useHref()
  if (check === undefined) return error === null ? t('checking') : say(reasonOf(error))
  const obstacle = obstacleOf(check)
  const { name, look_alike: lookAlike, backorder_id: placed } = check
  if (placed !== undefined)
    return (
      <>
        <strong>{t('yours')}</strong> ·{' '}
        <Anchor component={Link} href={href(`/orders/${placed}`)} size="sm">
          {t('toOrder')}
        </Anchor>
      </>
    )
  if (obstacle !== undefined) return say(obstacle)
  if (lookAlike === undefined) return t('ready')
  const { looks_like: plain } = lookAlike
  return (
    <>
      <strong>{plain === undefined ? t('mixesOf') : t('lookAlikeOf', { plain })}</strong>
      <Checkbox
        mt={4}
        label={t('knowLookAlike')}
        checked={isKnown}
        onChange={({ currentTarget: { checked } }) => onKnow(name, checked)}
      />
    </>
  )
}
