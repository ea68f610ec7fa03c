import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { ReadinessLike } from '../../operators';

/** A consumer in another thread, as its producer's gate sees it. */
export interface RemoteReadiness {
  /** Live; who finds it false is notified when it is true. */
  readonly readiness: ReadinessLike & Observable<boolean>;
  /** The consumer is ready. */
  readonly notify: () => void;
}

/**
 * The consumer's cell says how much it has finished, and it is ready when that is everything.
 *
 * @param isReady asks the cell
 * @param watch called when somebody has to be notified
 */
export function remoteReadiness(isReady: () => boolean, watch: () => void): RemoteReadiness {
  const changes = new Subject<boolean>();
  const value = (): boolean => {
    if (isReady()) return true;
    watch();
    return false;
  };
  const readiness = Object.defineProperty(changes.asObservable(), 'value', { get: value });
  return {
    readiness: readiness as Observable<boolean> & ReadinessLike,
    notify: () => {
      changes.next(true);
    },
  };
}
