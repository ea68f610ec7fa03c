import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

interface ControlsProps {
  /** The present place: 0 to `last`, which is the end of the run. */
  readonly index: number;
  readonly last: number;
  readonly text: string;
  readonly isRunning: boolean;
  readonly hasSpan: boolean;
  readonly onIndex: (index: number) => void;
  /** A span begins here, and ends where one goes. */
  readonly onSpanStart: () => void;
  readonly onSpanClear: () => void;
}

const RATES = [1, 5, 20, 60];

/** Windows as places of a slider, and what moves it. */
export function Controls(props: ControlsProps) {
  const { index, last, text, isRunning, hasSpan, onIndex } = props;
  const [isPlaying, setPlaying] = useState(false);
  const [rate, setRate] = useState(5);

  useEffect(() => {
    if (!isPlaying) return undefined;
    if (index >= last) {
      setPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => {
      onIndex(index + 1);
    }, 1000 / rate);
    return () => {
      clearTimeout(timer);
    };
  }, [isPlaying, index, last, rate]);

  // Before the page is painted: the next key counts from here.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (
        /^(INPUT|SELECT|TEXTAREA|SUMMARY)$/.test(target.tagName) &&
        /^(Arrow|Home|End| )/.test(event.key)
      )
        return;
      const moves: Record<string, () => void> = {
        ArrowLeft: () => onIndex(Math.max(0, index - 1)),
        ArrowRight: () => onIndex(Math.min(last, index + 1)),
        Home: () => onIndex(0),
        End: () => onIndex(last),
        '[': props.onSpanStart,
        Escape: props.onSpanClear,
        p: () => setPlaying(!isPlaying),
      };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      move();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  });

  return (
    <div class="controls">
      <label class="hidden" for="place">
        Window
      </label>
      <input
        id="place"
        type="range"
        min={0}
        max={last}
        value={index}
        aria-valuetext={text}
        onInput={({ currentTarget }) => {
          onIndex(Number(currentTarget.value));
        }}
      />
      <div class="buttons">
        <button
          type="button"
          onClick={() => {
            if (!isPlaying && index >= last) onIndex(0);
            setPlaying(!isPlaying);
          }}
        >
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        <label>
          <select
            value={rate}
            onChange={({ currentTarget }) => {
              setRate(Number(currentTarget.value));
            }}
          >
            {RATES.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>{' '}
          windows/s
        </label>
        <button type="button" disabled={index >= last} onClick={() => onIndex(last)}>
          {isRunning ? 'Live' : 'End'}
        </button>
        <button type="button" onClick={props.onSpanStart}>
          Span from here
        </button>
        <button type="button" disabled={!hasSpan} onClick={props.onSpanClear}>
          Clear span
        </button>
      </div>
      <p class="place" id="place-text">
        {text}
      </p>
    </div>
  );
}
