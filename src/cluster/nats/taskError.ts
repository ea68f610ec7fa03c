import { BarometerError } from '../../../operators/errors';

/** A task that cannot be sent, or that a worker refuses. */
export class TaskError extends BarometerError {
  override readonly name = 'TaskError';
  override readonly code = 'TASK_REFUSED';
}
