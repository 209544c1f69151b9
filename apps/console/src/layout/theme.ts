import type { SyntheticEvent } from 'react'
import type { RaThemeOptions } from 'react-admin'

const ink = '#17212b'
const petrol = '#0b5563'

const text = { fontFamily: '"IBM Plex Sans Variable", system-ui, sans-serif', fontSize: 13 }

const ring = (color: string, offset: number) => ({ outline: `2px solid ${color}`, outlineOffset: offset })

/**
 * A menu that still grows moves its entries from under the pointer: a press on one and a release on the next choose none.
 * And only a click chooses: the release of the press that opened the menu would choose what has come to lie under it.
 */
const chosenByClick = {
  transitionDuration: 0,
  slotProps: { list: { onMouseUpCapture: (event: SyntheticEvent) => event.stopPropagation() } },
}

/** What both themes share: dense, flat, figures that stand in columns, and a focus ring that is always seen. */
const shared = (line: string, focus: string): RaThemeOptions => ({
  shape: { borderRadius: 6 },
  sidebar: { width: 196, closedWidth: 52 },
  typography: {
    ...text,
    h1: { fontSize: 20, fontWeight: 600, letterSpacing: '-0.01em' },
    h2: { fontSize: 14, fontWeight: 600 },
    h3: { fontSize: 13, fontWeight: 600 },
    body1: { fontSize: 13 },
    body2: { fontSize: 13 },
    caption: { fontSize: 12, lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: 'tabular-nums' },
        ':focus-visible': ring(focus, 1),
        'code, .mono': {
          fontFamily: 'ui-monospace, "SFMono-Regular", Menlo, "DejaVu Sans Mono", monospace',
          fontSize: 12,
        },
      },
    },
    // Material takes the outline away by a class of its own, so the ring is said there too. Inside, where an edge would cut it.
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { '&:focus-visible': ring(focus, 1) } },
    },
    MuiListItemButton: { styleOverrides: { root: { '&:focus-visible': ring(focus, -2) } } },
    MuiMenu: { defaultProps: chosenByClick },
    MuiMenuItem: { styleOverrides: { root: { '&:focus-visible': ring(focus, -2) } } },
    MuiTab: { styleOverrides: { root: { '&:focus-visible': ring(focus, -2) } } },
    MuiButton: { defaultProps: { size: 'small', disableElevation: true } },
    MuiPaper: {
      defaultProps: { elevation: 0, variant: 'outlined' },
      styleOverrides: { outlined: { borderColor: line } },
    },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
    // The buttons end where the fields end.
    MuiDialogActions: { styleOverrides: { root: { padding: '0 24px 20px' } } },
    MuiAppBar: {
      defaultProps: { elevation: 0, variant: 'elevation' },
      styleOverrides: { root: { borderBottom: `1px solid ${line}` } },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { borderColor: line, padding: '6px 12px', fontSize: 13, verticalAlign: 'top' },
        head: { fontSize: 12, fontWeight: 600, whiteSpace: 'nowrap', paddingTop: 8, paddingBottom: 8 },
      },
    },
    RaDataTable: {
      styleOverrides: {
        root: {
          '& .RaDataTable-expandHeader, & .RaDataTable-expandIconCell': { padding: '2px 4px', width: 36 },
        },
      },
    },
    MuiTableSortLabel: { styleOverrides: { root: { verticalAlign: 'baseline' } } },
    MuiTableRow: { styleOverrides: { root: { '&:last-child td': { borderBottom: 0 } } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none', fullWidth: true } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    MuiTooltip: { defaultProps: { arrow: true, describeChild: true } },
    MuiLink: {
      defaultProps: { underline: 'hover' },
      styleOverrides: { root: { '&:focus-visible': ring(focus, 1) } },
    },
    MuiListItemIcon: { styleOverrides: { root: { minWidth: 36 } } },
  },
})

export const lightTheme: RaThemeOptions = {
  ...shared('#dde2e7', '#0e7c92'),
  palette: {
    mode: 'light',
    primary: { main: petrol },
    secondary: { main: '#ffffff', contrastText: ink },
    background: { default: '#f5f7f8', paper: '#ffffff' },
    text: { primary: ink, secondary: '#566370' },
    divider: '#dde2e7',
    success: { main: '#1a7345' },
    warning: { main: '#95540a' },
    error: { main: '#b3261e' },
    info: { main: '#23589b' },
  },
}

export const darkTheme: RaThemeOptions = {
  ...shared('#2c3742', '#5fc6da'),
  palette: {
    mode: 'dark',
    primary: { main: '#6cc3d5' },
    secondary: { main: '#151c23', contrastText: '#e7edf2' },
    background: { default: '#10161c', paper: '#151c23' },
    text: { primary: '#e7edf2', secondary: '#9db0bf' },
    divider: '#2c3742',
    success: { main: '#6fcf97' },
    warning: { main: '#e9b35f' },
    error: { main: '#ff8a80' },
    info: { main: '#8ab8f5' },
  },
}
