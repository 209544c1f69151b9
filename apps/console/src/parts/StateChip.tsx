import { Box } from '@mui/material'
import type { Theme } from '@mui/material/styles'
import type { Tone } from '../format/tones.ts'
import { words } from '../format/words.ts'

/** A coloured dot and a state, or another code, in words. */
export function StateChip({ state, tone = 'neutral' }: { state: string; tone?: Tone }) {
  return (
    <Box
      component="span"
      sx={(theme) => ({
        whiteSpace: 'nowrap',
        fontWeight: 550,
        color: colourOf(theme, tone),
        '&::before': {
          content: '""',
          display: 'inline-block',
          mr: 0.75,
          verticalAlign: '0.1em',
          width: 7,
          height: 7,
          borderRadius: '50%',
          backgroundColor: 'currentColor',
        },
      })}
    >
      {words(state)}
    </Box>
  )
}

function colourOf({ palette }: Theme, tone: Tone): string {
  return tone === 'neutral' ? palette.text.secondary : palette[tone].main
}
