import type { MailKind } from '@droplock/rules/event-mails/kinds'
import { Checkbox, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { BouncedAddress } from '../mails/BouncedAddress.tsx'
import { mailsQuery } from '../mails/queries.ts'
import { askOwn } from '../own.ts'
import { Section } from '../parts/Facts.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useChange } from '../parts/use-change.ts'

type Choice = { readonly kind: MailKind; readonly on: boolean }

/** What the reader is sent, and whether it arrives. Each choice is saved by itself. */
export function MailsPart() {
  const t = useTranslations('mails')
  const { data, error, refetch } = useQuery(mailsQuery)
  const [said, setSaid] = useState('')
  if (error !== null && data === undefined) return <Problem error={error} onAgain={() => void refetch()} />
  if (data === undefined) return <Skeleton height={320} />
  const { email, bounced, kinds } = data
  return (
    <Stack gap="lg">
      {bounced === null ? null : (
        <BouncedAddress
          email={email}
          {...bounced}
          onTriedAgain={() => setSaid(t('tryingAgain', { email }))}
        />
      )}
      <Text maw={640} className="name">
        {t('about', { email })}
      </Text>
      <Section title={t('which')}>
        <Stack gap="sm" mt="sm">
          {kinds.map((choice) => (
            <KindChoice key={choice.kind} {...choice} onSaid={setSaid} />
          ))}
        </Stack>
      </Section>
      <Text size="sm" c="dimmed" role="status">
        {said}
      </Text>
    </Stack>
  )
}

function KindChoice({ kind, on, onSaid }: Choice & { readonly onSaid: (text: string) => void }) {
  const t = useTranslations('mails')
  const label = t(`kinds.${kind}.label`)
  const choice = useChange<Choice>({
    change: (wanted) => askOwn('POST', `/people/mails/${wanted.kind}`, { on: wanted.on }),
    changes: ['mails'],
    onDone: (_, wanted) => onSaid(t('saved', { kind: label, on: String(wanted.on) })),
  })
  return (
    <div>
      <Checkbox
        size="md"
        label={label}
        description={t(`kinds.${kind}.about`)}
        checked={choice.isPending ? choice.variables.on : on}
        aria-busy={choice.isPending}
        onChange={({ currentTarget: { checked } }) => {
          if (!choice.isPending) choice.mutate({ kind, on: checked })
        }}
      />
      {choice.error === null ? null : <Problem error={choice.error} />}
    </div>
  )
}
