import { ThreadServices } from '../../../streams/engine/threadServices';

describe("the coordinator's own lag", () => {
  it('is all of it, where nothing else was served meanwhile', () => {
    const services = new ThreadServices();
    services.add(90, 20);
    expect(services.ownLag(100, 130)).toBe(30);
  });

  it('leaves out what other stages took since the release was due', () => {
    const services = new ThreadServices();
    services.add(90, 20);
    services.add(125, 10);
    expect(services.ownLag(100, 130)).toBe(20);
    services.add(150, 5);
    expect(services.ownLag(101, 152)).toBe(36);
  });

  it('is nothing where those are at least half of it', () => {
    const services = new ThreadServices();
    services.add(125, 20);
    expect(services.ownLag(100, 130)).toBe(0);
  });

  it('is never below nothing, and forgets what is past', () => {
    const services = new ThreadServices();
    for (let n = 1; n <= 5_000; n += 1) {
      services.add(n * 10, 10);
      expect(services.ownLag(n * 10 - 5, n * 10)).toBe(0);
    }
    expect(services.ownLag(50_000, 50_003)).toBe(3);
  });
});
