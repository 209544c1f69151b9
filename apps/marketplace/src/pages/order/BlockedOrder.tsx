import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { NameText } from '../parts/texts.tsx'
import { useWords } from '../parts/use-words.ts'
import { WatchButton } from '../parts/WatchButton.tsx'
import { useHref } from '../viewing.tsx'
import type { OrderCheck, Reason } from './checks.ts'
import { type Chosen } from './chosen.ts'
import { MoreNames, NextName } from './Onward.tsx'
import { ResultHeading } from './ResultHeading.tsx'

type BlockedOrderProps = {
  readonly check: OrderCheck
  readonly reason: Reason
  readonly chosen: Chosen
  readonly onAgain: () => void
}

/** A name that cannot be ordered: somebody else was first, or why else, and what can be done about it. */
export function BlockedOrder({ check: { name }, reason, chosen, onAgain }: BlockedOrderProps) {
  const t = useTranslations('order')
  const href = useHref()
  const say = useWords()
  const isTaken = reason.code === 'name_taken'
  return (
    <Stack gap="lg" maw={640}>
      <ResultHeading about={reason.code}>
        {t.rich(isTaken ? 'takenTitle' : 'cannotTitle', {
          name: () => <NameText key="name" name={name} />,
        })}
      </ResultHeading>
      <Text>{isTaken ? t('taken') : say(reason)}</Text>
      {isTaken ? <Text>{t('takenWhat')}</Text> : null}
      {isTaken ? (
        <Group gap="md">
          <WatchButton name={name} />
          <Anchor component={Link} href={href('/account/watches')}>
            {t('toWatches')}
          </Anchor>
        </Group>
      ) : null}
      <Group gap="md">
        <NextName chosen={chosen} />
        <Button variant="default" onClick={onAgain}>
          {t('checkAgain')}
        </Button>
        <MoreNames />
      </Group>
    </Stack>
  )
}
