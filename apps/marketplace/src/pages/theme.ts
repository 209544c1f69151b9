import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The green of the mark, dark enough for white text on it (WCAG AA). */
const lock: MantineColorsTuple = [
  '#e7f5f5',
  '#cfe6e7',
  '#a0cdcf',
  '#6db3b6',
  '#449da1',
  '#2a8f94',
  '#12757b',
  '#0b5f66',
  '#084f56',
  '#053f45',
]

export const theme = createTheme({
  primaryColor: 'lock',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: { lock },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  headings: { fontWeight: '650', textWrap: 'balance' },
  // It stands on the page; what has just happened is `alert` or `status`, and is read out.
  components: { Alert: { defaultProps: { role: 'note' } } },
})
