import { Box, Container } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useHref, useViewing } from '../viewing.tsx'
import { Choices } from './Choices.tsx'

/** What people look for last, and in which language and currency they read. */
export function Footer() {
  const t = useTranslations('nav')
  const href = useHref()
  const { supportMail } = useViewing()
  return (
    <Box component="footer" className="site-footer">
      <Container size="lg" className="bar">
        <nav aria-label={t('help')} className="footer-links">
          <a href={href('/help#fees')}>{t('fees')}</a>
          <a href={href('/help#cancellation')}>{t('cancellation')}</a>
          <a href={href('/help#refunds')}>{t('refunds')}</a>
          <a href={href('/help#terms')}>{t('terms')}</a>
          {supportMail === null ? null : <a href={`mailto:${supportMail}`}>{t('contact')}</a>}
        </nav>
        <Choices />
      </Container>
    </Box>
  )
}
