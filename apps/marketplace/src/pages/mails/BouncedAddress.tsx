import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { Problem } from '../parts/Problem.tsx'
import { TimeText } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'
import { tryAddressAgain } from './queries.ts'

type BouncedProps = {
  readonly email: string
  readonly at: string
  readonly answer?: string | null
  readonly onTriedAgain?: () => void
}

/** The reader's address is refused: why, and what to do. */
export function BouncedAddress({ email, at, answer = null, onTriedAgain }: BouncedProps) {
  const t = useTranslations('mails')
  const href = useHref()
  const again = useChange({
    change: tryAddressAgain,
    changes: ['mails', 'notices'],
    ...(onTriedAgain !== undefined && { onDone: onTriedAgain }),
  })
  return (
    <Alert color="red" variant="light" role="note" title={t('bounceTitle', { email })}>
      <Text size="sm">{t.rich('bounce', { at: () => <TimeText at={at} /> })}</Text>
      {answer === null ? null : (
        <Text size="sm" c="dimmed" className="name">
          {t('bounceAnswer', { answer })}
        </Text>
      )}
      {again.error === null ? null : <Problem error={again.error} />}
      <Group gap="sm" mt="sm">
        <Button size="xs" loading={again.isPending} onClick={() => again.mutate()}>
          {t('tryAgain')}
        </Button>
        <Button size="xs" variant="default" component={Link} href={href('/account/security')}>
          {t('changeAddress')}
        </Button>
      </Group>
    </Alert>
  )
}
