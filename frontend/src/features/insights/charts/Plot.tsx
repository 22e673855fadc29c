import { GridRows } from '@visx/grid'
import { scaleBand, scaleLinear } from '@visx/scale'
import { Line } from '@visx/shape'
import { useCallback, useState, type ReactNode } from 'react'
import { formatMoney, fromMinor } from '../../../lib/money'
import { useMedia } from '../../../ui/useMedia'
import { lengthOf } from './scale'

const HEIGHT = 216
const HEAD = 20
const FOOT = 28
// A finger can hit each column, and a few are no wider than they need to be.
const NARROWEST = 44
const WIDEST = 96
const STEPS = 3
const LETTER = 7
// On paper nothing is measured.
const PAPER = 600
// Where nothing is laid out.
const UNMEASURED = 320

export interface Scales {
  /** Where the column of a key begins. */
  x: ReturnType<typeof scaleBand<string>>
  /** How high minor units stand. */
  y: ReturnType<typeof scaleLinear<number>>
  /** How high the whole picture is, with the names below its columns. */
  height: number
  /** Whether there is room for such texts, each in its column. */
  fits: (texts: readonly string[]) => boolean
  /** Of names that do not fit, every other one is shown, or every third, and the last in any case. */
  shows: (texts: readonly string[], index: number) => boolean
}

interface PlotProps {
  name: string
  columns: readonly { key: string }[]
  /** The range of minor units that it shows. */
  lowest?: bigint
  highest: bigint
  currency: string
  children: (scales: Scales) => ReactNode
}

/**
 * Columns over a grid of amounts. Many scroll sideways, beginning with the last ones; on paper, which does not scroll,
 * they are narrower.
 */
export function Plot({ name, columns, lowest = 0n, highest, currency, children }: PlotProps) {
  const printed = useMedia('print')
  const { ref, room } = useRoom()
  const taken = printed ? Math.min(room, PAPER) : Math.max(room, NARROWEST * columns.length)
  const x = scaleBand({
    domain: columns.map(({ key }) => key),
    range: [0, Math.min(taken, WIDEST * columns.length)],
    paddingInner: 0.25,
    paddingOuter: 0.125,
  })
  const y = scaleLinear<number>({
    domain: [lengthOf(lowest), lengthOf(highest) || 1],
    range: [HEIGHT - FOOT, HEAD],
    nice: STEPS,
  })
  // Of a few cents, there are no halves.
  const steps = y.ticks(STEPS).filter(Number.isSafeInteger)
  const space = (texts: readonly string[]) =>
    (Math.max(...texts.map(({ length }) => length)) * LETTER) / x.step()
  const scales: Scales = {
    x,
    y,
    height: HEIGHT,
    fits: (texts) => space(texts) <= 1,
    shows: (texts, index) => (texts.length - 1 - index) % Math.ceil(space(texts)) === 0,
  }
  return (
    <div className="flex break-inside-avoid">
      <Amounts steps={steps} y={y} currency={currency} />
      <div ref={ref} className="min-w-0 grow overflow-x-auto print:overflow-hidden">
        <svg width={taken} height={HEIGHT} className="block">
          <g aria-hidden="true" className="text-line">
            <GridRows scale={y} tickValues={steps} width={taken} stroke="currentColor" />
          </g>
          <g role="list" aria-label={name}>
            {children(scales)}
          </g>
          <g aria-hidden="true" className="pointer-events-none text-line-strong">
            <Line from={{ x: 0, y: y(0) }} to={{ x: taken, y: y(0) }} stroke="currentColor" />
          </g>
        </svg>
      </div>
    </div>
  )
}

/** What the lines of the grid stand for; it does not scroll along. */
function Amounts({ steps, y, currency }: { steps: number[]; y: Scales['y']; currency: string }) {
  const texts = steps.map((step) => {
    const money = fromMinor(BigInt(step), currency)
    return [step, formatMoney(money, { compact: true })] as const
  })
  const longest = Math.max(...texts.map(([, text]) => text.length))
  return (
    <ul
      aria-hidden="true"
      className="tabular relative shrink-0 text-xs text-muted"
      style={{ width: `${longest * LETTER + 8}px` }}
    >
      {texts.map(([step, text]) => (
        <li
          key={step}
          className="absolute right-2 -translate-y-1/2 whitespace-nowrap"
          style={{ top: `${y(step)}px` }}
        >
          <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** How wide a scroller is, from the first picture on; it begins at its end. */
function useRoom() {
  const [room, setRoom] = useState(UNMEASURED)
  const ref = useCallback((scroller: HTMLElement | null) => {
    if (!scroller) return
    const measure = () => {
      setRoom(scroller.clientWidth || UNMEASURED)
    }
    measure()
    scroller.scrollLeft = scroller.scrollWidth
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    return () => {
      observer.disconnect()
    }
  }, [])
  return { ref, room }
}
