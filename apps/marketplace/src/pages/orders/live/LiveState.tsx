import { Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useIsLive } from './LiveOrders.tsx'

/** Whether changes come by themselves, in words. */
export function LiveState() {
  const t = useTranslations('orders.live')
  const isLive = useIsLive()
  return (
    <Text size="sm" c="dimmed" role="status" className={isLive ? 'live' : 'live away'}>
      {t(isLive ? 'on' : 'off')}
    </Text>
  )
}
