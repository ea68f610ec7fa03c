import { Observable } from 'rxjs';
import { failure } from '../../support/collect';

/** A source that goes on after its end: an item, the end, another item, an error. */
export const goesOn = new Observable<string>((subscriber) => {
  const says = [
    () => {
      subscriber.next('a');
    },
    () => {
      subscriber.complete();
    },
    () => {
      subscriber.next('b');
    },
    () => {
      subscriber.error(failure);
    },
  ];
  for (const say of says) say();
});
