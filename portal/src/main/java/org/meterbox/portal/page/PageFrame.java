// SPDX-License-Identifier: Apache-2.0
package org.meterbox.portal.page;

import java.util.List;
import java.util.Optional;

/**
 * What stands around a page.
 *
 * @param site the name of the site
 * @param title of the page
 * @param places the navigation
 * @param current the path of the place that the page belongs to; empty for none
 * @param search where the search field of the head leads
 * @param person who is signed in, where people sign in
 * @param capacity in what capacity
 */
public record PageFrame(
    String site,
    String title,
    List<Place> places,
    String current,
    String search,
    Optional<String> person,
    Optional<String> capacity) {
  /** Copies the list. */
  public PageFrame {
    places = List.copyOf(places);
  }

  /** The same for another page of the site. */
  public PageFrame page(String otherTitle, String place) {
    return new PageFrame(site, otherTitle, places, place, search, person, capacity);
  }
}
